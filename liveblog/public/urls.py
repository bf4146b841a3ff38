"""The readers' addresses."""

from django.urls import path, re_path

from liveblog.rendering.feed_formats import FORMATS

from . import embeds, feeds, fragments, icons, oembed, search, sitemaps, social_cards, views

urlpatterns = [
    path("", views.front, name="front"),
    path("front.json", views.front_json, name="front_json"),
    path("live/<slug:slug>/", views.story, name="story"),
    path("live/<slug:slug>/updates/<uuid:id>/", views.update, name="update"),
    path("card.png", social_cards.site, name="site_card"),
    path("logo.png", social_cards.logo, name="logo"),
    path("topics/<slug:slug>/card.png", social_cards.topic, name="topic_card"),
    path("sources/<slug:slug>/card.png", social_cards.source, name="source_card"),
    path("authors/<slug:slug>/card.png", social_cards.author, name="author_card"),
    path("live/<slug:slug>/card.png", social_cards.story, name="story_card"),
    path("live/<slug:slug>/updates/<uuid:id>/card.png", social_cards.update, name="update_card"),
    path(
        "live/<slug:slug>/changes/<str:cursor>/<str:upto>",
        views.changes_up_to,
        name="changes_up_to",
    ),
    path("live/<slug:slug>/changes/<path:cursor>", views.changes, name="changes"),
    path("live/<slug:slug>/corrections/", views.story_corrections, name="story_corrections"),
    *(
        path(f"live/<slug:slug>/{name}", feeds.story, {"name": name}, name=f"story_{name}")
        for name in FORMATS
    ),
    *(path(f"feeds/{name}", feeds.site, {"name": name}, name=f"site_{name}") for name in FORMATS),
    path("live/<slug:slug>/search", search.story_search, name="story_search"),
    path("search", search.search, name="search"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_file, name="sitemap_file"),
    path("news-sitemap.xml", sitemaps.news_sitemap, name="news_sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("live/<slug:slug>/embed/", embeds.embed, name="embed"),
    path("live/<slug:slug>/fragment/", fragments.fragment, name="fragment"),
    path("fragment.js", fragments.script, name="fragment_script"),
    path("oembed", oembed.oembed, name="oembed"),
    path("embed.js", embeds.loader, name="embed_loader"),
    path("indexnow-key.txt", sitemaps.indexnow_key, name="indexnow_key"),
    path("corrections/", views.corrections, name="corrections"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("authors/<slug:slug>/", views.author, name="author"),
    re_path(
        r"^media/(?P<name>pictures/(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:avif|jpe?g|png|webp))\Z",
        views.media,
        name="media",
    ),
]

# Answers whatever no other address answers: `config.urls` puts it after all of them.
catch_all = re_path(r"^(?P<path>[\s\S]*)\Z", views.not_found, name="not_found")
