"""What the invented stories say."""

# The same story in languages of different lengths, scripts and directions:
# kicker, headline, standfirst, the update's headline, the update's text
LANGUAGES = {
    "es": (
        "Temporal",
        "El temporal Ilse obliga a cerrar los puertos de toda la costa de Aldmere",
        "Las autoridades piden a los vecinos que no salgan de casa hasta la madrugada",
        "El puente del norte, cortado al tráfico en ambos sentidos",
        "La policía ha cerrado el puente a las ocho de la tarde. No hay heridos.",
    ),
    "uk": (
        "Негода",
        "Шторм «Ільзе» дійшов до узбережжя: порти зачинено, потяги стоять",
        "Влада просить мешканців не виходити з дому до ранку",
        "Північний міст перекрито для руху в обидва боки",
        "Поліція перекрила міст о двадцятій годині. Постраждалих немає.",
    ),
    "ar": (
        "طقس",
        "العاصفة «إيلزه» تبلغ الساحل وتغلق الموانئ وتوقف القطارات",
        "السلطات تطلب من السكان البقاء في منازلهم حتى الصباح",
        "إغلاق الجسر الشمالي أمام حركة المرور في الاتجاهين",
        "أغلقت الشرطة الجسر في الساعة الثامنة مساء. لا توجد إصابات.",
    ),
    "he": (
        "מזג אוויר",
        "הסופה אילזה הגיעה לחוף: הנמלים נסגרו והרכבות עומדות",
        "הרשויות מבקשות מהתושבים להישאר בבתים עד הבוקר",
        "הגשר הצפוני נסגר לתנועה בשני הכיוונים",
        "המשטרה סגרה את הגשר בשמונה בערב. אין נפגעים.",
    ),
    "de": (
        "Unwetter",
        "Küstenschutzverwaltung sperrt sämtliche Hafenzufahrtsstraßen wegen Sturmflutwarnung",
        "Katastrophenschutzbehörde bittet die Bevölkerung, bis zum Morgen zu Hause zu bleiben",
        "Nordbrücke in beiden Fahrtrichtungen gesperrt",
        "Die Polizei hat die Brücke um acht Uhr abends gesperrt. Verletzt wurde niemand.",
    ),
    "fi": (
        "Sää",
        "Ilse-myrsky saavutti rannikon: satamat suljettu, junaliikenne keskeytetty",
        "Viranomaiset kehottavat asukkaita pysymään kotona aamuun asti",
        "Pohjoissilta suljettu liikenteeltä molempiin suuntiin",
        "Poliisi sulki sillan kello kahdeksalta illalla. Loukkaantuneita ei ole.",
    ),
    "el": (
        "Καιρός",
        "Η καταιγίδα Ίλζε έφτασε στην ακτή: κλειστά λιμάνια, σταματημένα τρένα",
        "Οι αρχές ζητούν από τους κατοίκους να μείνουν στα σπίτια τους ως το πρωί",
        "Κλειστή η βόρεια γέφυρα και προς τις δύο κατευθύνσεις",
        "Η αστυνομία έκλεισε τη γέφυρα στις οκτώ το βράδυ. Δεν υπάρχουν τραυματίες.",
    ),
    "fr": (
        "Intempéries",
        "La tempête Ilse atteint la côte : ports fermés, trains à l’arrêt",
        "Les autorités demandent aux habitants de rester chez eux jusqu’au matin",
        "Le pont du Nord fermé à la circulation dans les deux sens",
        "La police a fermé le pont à vingt heures. Il n’y a pas de blessés.",
    ),
    "pl": (
        "Pogoda",
        "Sztorm Ilse dotarł do wybrzeża: porty zamknięte, pociągi stoją",
        "Władze proszą mieszkańców, by do rana nie wychodzili z domów",
        "Most Północny zamknięty w obu kierunkach",
        "Policja zamknęła most o dwudziestej. Nikt nie został ranny.",
    ),
    "tr": (
        "Hava",
        "Ilse fırtınası kıyıya ulaştı: limanlar kapalı, trenler duruyor",
        "Yetkililer halktan sabaha kadar evde kalmasını istiyor",
        "Kuzey köprüsü iki yönde de trafiğe kapatıldı",
        "Polis köprüyü akşam sekizde kapattı. Yaralanan yok.",
    ),
}

INTRODUCTION = """
<p>Storm Ilse came ashore at first light between Harrow and Port Aldmere, the strongest to reach
this coast in eleven years. Three harbours have closed, and the railway north of the city has
stopped its trains until further notice.</p>
<p>The warning had stood since Sunday evening. Schools in four districts stayed shut, and the
city asked people who live below the old sea wall to spend the night with relatives or in one
of six halls that it has opened.</p>
<p>Forecasters expect the wind to turn west after midnight, which would spare the estuary the
worst of the spring tide. They also say that the track has changed twice since Saturday.</p>
"""

SUMMARY = """
<ul><li>Three harbours are closed: Port Aldmere, Harrow and Saint Brennan.</li>
<li>About 40,000 homes have no power; crews start after the wind drops.</li>
<li>No deaths are confirmed. Eleven people are in hospital.</li></ul>
"""

COMING = {
    "headline": "The budget speech: follow it here from noon",
    "kicker": "Economy",
    "standfirst": "The finance minister is expected to speak for an hour; we read with you",
    "introduction": "<p>The cabinet agreed on the draft last night. This page follows the speech, "
    "the answers and the markets.</p><p>Send questions: we answer them between the votes.</p>",
}

ELECTION = {
    "headline": "Northern district elects its council: as the votes were counted",
    "kicker": "Elections",
    "standfirst": "The Green Harbour list won 19 of 41 seats; no party can govern alone",
    "introduction": "<p>All 47 wards were counted by half past four in the morning.</p>"
    "<p>Turnout was the highest in twenty years.</p>",
    "summary": "<ul><li>Green Harbour won 19 of 41 seats.</li><li>Turnout was 61.4 per cent, the "
    "highest in twenty years.</li><li>Talks on a coalition begin on Monday.</li></ul>",
}

# `minutes` ago, the oldest first; `sources` with their role
STORM = [
    {
        "minutes": 640,
        "headline": "Red warning for the whole coast",
        "body": "<p>The weather service has raised its warning to red, the first since 2013.</p>",
        "sources": [("Met Office of Aldmere", "reported_by")],
        "is_key_event": True,
    },
    {
        "minutes": 420,
        "headline": "A man was reported missing at Gull Point",
        "body": "<p>Neighbours say he went out at six.</p>",
    },
    {
        "minutes": 385,
        "headline": "What to do if you are on the coast",
        "body": "<p>Stay off the sea wall and the promenade. Six halls are open all night; "
        "bring medicines and a torch. <strong>Call 112</strong> only in danger of life.</p>"
        "<ul><li>Harrow: Fishermen’s Hall, Quay Street</li><li>Port Aldmere: Town Hall and the "
        "school in Mill Lane</li></ul>",
        "sources": [("Coast Guard", "reported_by")],
    },
    {
        "minutes": 300,
        "headline": "Railway stops all trains north of Port Aldmere",
        "body": "<p>The last train reached Harrow at 9.40. Buses replace the line as far as the "
        "bridge, “as long as the road is dry”, the company says.</p>",
        "is_key_event": True,
        "sources": [("North Wire", "reported_by")],
    },
    {
        "minutes": 212,
        "headline": "Two ferries turn back to Port Aldmere",
        "body": "<p>Two ferries with 310 passengers have turned back after waves of seven metres "
        "at the mouth of the estuary. All are safe ashore.</p>",
        "sources": [("Coast Guard", "reported_by"), ("Harbour Post", "reported_by")],
    },
    {
        "minutes": 171,
        "body": "<p>A short one, without a headline: the bridge at Mill Lane is open again for "
        "ambulances and fire engines, and for nobody else.</p>",
        "headline": "",
    },
    {
        "minutes": 140,
        "headline": "Sea wall at Harrow overtopped for an hour",
        "body": "<p>Water stood knee-deep in Quay Street between noon and one. “I have lived "
        "here for fifty years and never saw it come over the second step,” said Ada Brannigan, "
        "who runs the chandlery.</p><blockquote><p>We carried the books upstairs first. Then the "
        "till. Then each other.</p></blockquote><p>The fire service pumped until two.</p>",
        "picture": True,
        "signed": True,
        "sources": [("Harbour Post", "photo")],
    },
    {
        "minutes": 96,
        "headline": "A roof is said to have come down in Saint Brennan",
        "body": "<p>Two people who live nearby say that part of the market’s roof fell at about "
        "three. The town has not answered our questions.</p>",
        "verification": "unconfirmed",
    },
    {
        "minutes": 61,
        "headline": "40,000 homes without power",
        "body": "<p>The grid company counts 40,000 homes without power in three districts, twice "
        "as many as at noon. It will send crews out when the wind is below 70 km/h.</p>",
        "is_key_event": True,
        "sources": [("North Wire", "reported_by")],
    },
    {
        "minutes": 38,
        "headline": "Video of a collapsing lighthouse is from 2016",
        "body": "<p>A clip shared many thousand times today shows another storm, on another "
        "coast. The lighthouse at Gull Point stands.</p>",
        "verification": "false",
        "signed": True,
    },
    {
        "minutes": 12,
        "headline": "Third harbour closes as gusts reach 128 km/h at Gull Point",
        "body": "<p>Saint Brennan has closed its harbour, the third today. The station at Gull "
        "Point measured a gust of 128 km/h at a quarter to, the highest so far.</p><p>The Coast "
        "Guard asks everyone to stay away from the piers: “Nobody will come for your "
        "photograph.”</p>",
        "is_key_event": True,
        "verification": "confirmed",
        "sources": [("Coast Guard", "reported_by"), ("Met Office of Aldmere", "quoted")],
    },
]

MORE = [
    ("Minister to speak at eight", "<p>The interior minister will speak from the crisis room.</p>"),
    ("Airport cancels its evening flights", "<p>Fourteen flights are cancelled.</p>"),
]
