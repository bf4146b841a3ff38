"""From sign-in to the readers' page: an editor's first update on the demo."""


def test_an_update_is_written_and_read(make_site, page, assert_accessible):
    site = make_site()
    site.shell("cast.make_live_story(cast.make_editor(), 'Bridge closed', slug='bridge')")
    page.goto(f"{site.url}/admin/login/?next=/admin/liveblog/story/")
    page.get_by_label("Username").fill("chief@localhost")
    page.get_by_label("Password").fill(site.password_of("chief@localhost"))
    page.get_by_role("button", name="Log in").click()

    page.get_by_role("link", name="Write update").first.click()
    page.locator("[data-desk][data-ready]").wait_for()
    page.get_by_label("Headline").fill("Police open the bridge")
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.type("Traffic ")
    page.keyboard.press("Control+b")
    page.keyboard.type("flows")
    page.keyboard.press("Control+b")
    page.keyboard.type(" again.")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.locator("[data-update][data-status=published]").wait_for()

    page.goto(f"{site.url}/live/bridge/")
    article = page.get_by_role("article", name="Police open the bridge")
    assert article.get_by_text("Traffic flows again.").inner_html() == (
        "Traffic <strong>flows</strong> again."
    )
    assert_accessible(page, best_practices=True)
