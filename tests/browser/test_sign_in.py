"""An editor comes in."""

from playwright.sync_api import expect


def test_sign_in_leads_to_the_newsroom(sign_in):
    page = sign_in("chief")

    expect(page.get_by_text("Chief editor").first).to_be_visible()


def test_sign_in_refuses_a_wrong_password(site, page):
    page.goto(f"{site.url}/admin/login/")
    page.get_by_label("Username").fill("reporter@localhost")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_text("Please enter the correct username")).to_be_visible()


def test_sign_in_page_is_accessible_and_valid(site, page, assert_accessible, assert_valid_html):
    answer = page.goto(f"{site.url}/admin/login/")

    assert_accessible(page)
    assert_valid_html(answer.body())
