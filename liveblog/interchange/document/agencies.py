"""The agencies, outlets and official bodies that documents name, with their spellings."""

AGENCY, OFFICIAL, PERSON, OUTLET = "agency", "official", "person", "outlet"

# The first spelling is the name. Case is left out of account.
_AGENCIES = """
Efe | EFE | Agencia EFE
AFP | Agence France-Presse | Agence France Presse
AP | Associated Press | The Associated Press
Reuters | Thomson Reuters
dpa | Deutsche Presse-Agentur
APA | Austria Presse Agentur
ANSA
Bloomberg | Bloomberg News
PA Media | Press Association | PA news agency
Europa Press
Lusa
Belga
ANP
TT | TT News Agency
NTB
Ritzau
STT
Keystone-SDA
PAP | Polish Press Agency
ČTK | CTK
MTI
Agerpres
BTA
ANA-MPA
Anadolu | Anadolu Agency | Anadolu Ajansı
DHA
IRNA
Tasnim
SANA
WAFA
TASS | Tass | Itar-Tass | ТАСС
RIA Novosti | RIA | РИА Новости
Interfax | Интерфакс
Interfax-Ukraine | Інтерфакс-Україна
Ukrinform | Укрінформ
UNIAN | УНІАН
RBC-Ukraine | РБК-Україна
BelTA | БелТА
Xinhua | 新华社
China News Service
Kyodo | Kyodo News | 共同通信
Jiji | Jiji Press
Yonhap | Yonhap News | 연합뉴스
KCNA
CNA | Central News Agency
PTI | Press Trust of India
ANI
Antara
Bernama
AAP | Australian Associated Press
Canadian Press | The Canadian Press
UPI | United Press International
Notimex
Télam
Prensa Latina
Agência Brasil
Getty Images | Getty
"""
_OUTLETS = """
El País
El Mundo
ABC
La Vanguardia
El Periódico
El Confidencial
elDiario.es
La Razón
RTVE | TVE
RNE
Cadena SER | SER
Onda Cero
La Sexta
Clarín
La Nación
El Universal
BBC | BBC News
ITV | ITV News
Sky News
Channel 4 News
The Guardian | Guardian
The Times
The Sunday Times
The Telegraph | The Daily Telegraph | Daily Telegraph
The Independent
The Economist
Financial Times | The Financial Times | FT
Daily Mail
RTÉ | RTE
The Irish Times | Irish Times
The New York Times | New York Times | NYT
The Washington Post | Washington Post
The Wall Street Journal | Wall Street Journal | WSJ
Los Angeles Times
USA Today
Politico
Axios
CNN
NBC | NBC News
CBS | CBS News
ABC News
Fox News
MSNBC
NPR
PBS
CNBC
Time magazine
Newsweek
The New Yorker
The Atlantic
Foreign Policy
CBC | CBC News
Le Monde
Le Figaro
Libération
France 24
RFI
BFMTV | BFM TV
Mediapart
Der Spiegel | Spiegel
Die Zeit
Die Welt
Bild
Süddeutsche Zeitung
Frankfurter Allgemeine Zeitung | FAZ
ARD
ZDF
Deutsche Welle | DW
Corriere della Sera
La Repubblica
RAI
Gazeta Wyborcza
Euronews
Ukrainska Pravda | Українська правда
Kyiv Independent | The Kyiv Independent
Kyiv Post
Suspilne | Суспільне
Hromadske | Громадське
Radio Svoboda | Радіо Свобода
Radio Free Europe | RFE/RL | Radio Liberty
Meduza | Медуза
Novaya Gazeta
The Insider
Kommersant | Коммерсантъ
Rossiya 24
Al Jazeera
Al Arabiya
Haaretz
The Times of Israel | Times of Israel
The Jerusalem Post | Jerusalem Post
NHK
Asahi Shimbun
Nikkei
South China Morning Post
The Hindu
Times of India | The Times of India
"""
_OFFICIALS = """
Pentagon | the Pentagon
Kremlin | the Kremlin
White House | the White House
State Department | US State Department
Downing Street
Foreign Office
Élysée
Moncloa
European Commission
European Parliament
European Union | EU
United Nations | UN
NATO | Nato | OTAN
World Health Organization | WHO
IAEA
Red Cross
Interpol
Europol
IMF | International Monetary Fund
World Bank
FBI
CIA
Kyiv
Moscow
Washington
Seoul
Pyongyang
Tokyo
Beijing
Brussels
London
Paris
Berlin
Madrid
Bundeswehr
National Intelligence Service | NIS
"""


def _table():
    known = {}
    for kind, names in ((OFFICIAL, _OFFICIALS), (OUTLET, _OUTLETS), (AGENCY, _AGENCIES)):
        for line in names.strip().splitlines():
            spellings = [spelling.strip() for spelling in line.split("|")]
            known |= {spelling.casefold(): (spellings[0], kind) for spelling in spellings}
    return known


# Spelling in lower case → name and kind.
KNOWN: dict[str, tuple[str, str]] = _table()
