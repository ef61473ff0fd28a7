"""The sign-in pages, driven by plain HTTP like a browser without JavaScript."""

from rig.pages import PASSWORD, PlainBrowser, answer, authorize


def test_a_wrong_password_is_told_and_an_unknown_name_looks_the_same(person, app, browser):
    page = browser.open(authorize(app))
    wrong = browser.submit(page, username="hanna", password="wrong")
    unknown = browser.submit(page, username="nobody", password="wrong")
    assert wrong.status_code == unknown.status_code == 200
    for reply in (wrong, unknown):
        assert 'role="alert" id="alert">Incorrect username or password.<' in reply.text


def test_a_second_factor_is_asked_for(controlled, app, browser):
    controlled.add_person("tom", PASSWORD, with_totp=True)
    person = controlled.add_person("tina", PASSWORD, with_totp=True)
    page = browser.sign_in(authorize(app), "tina", PASSWORD)
    assert 'autocomplete="one-time-code"' in page.text
    again = browser.submit(page, code=person.authenticator.wrong_code())
    assert "alert" in again.text
    reply = browser.submit(again, code=person.authenticator.next_code())
    assert "code" in answer(reply)


def test_a_temporary_password_is_replaced_on_the_page(controlled, app, browser):
    controlled.add_person("newton", PASSWORD, temporary=True)
    page = browser.sign_in(authorize(app), "newton", PASSWORD)
    assert 'autocomplete="new-password"' in page.text
    again = browser.submit(page, new_password="Other-horse-10", new_password_again="Other-horse-11")
    assert "not the same" in again.text
    reply = browser.submit(again, new_password="Other-horse-10", new_password_again="Other-horse-10")
    assert "code" in answer(reply)


def test_a_browser_that_signed_in_is_not_asked_again_until_it_signs_out(person, app, browser):
    browser.sign_in(authorize(app), "hanna", PASSWORD)
    assert "code" in answer(browser.get(authorize(app)))
    cookies = browser.session.cookies.copy()
    reply = browser.get(f"/logout?client_id={app}&logout_uri=http://127.0.0.1:1/bye")
    assert reply.headers["Location"] == "http://127.0.0.1:1/bye"
    assert "/login" in browser.get(authorize(app)).headers["Location"]
    browser.session.cookies = cookies
    assert "/login" in browser.get(authorize(app)).headers["Location"], "a copied cookie is void too"


def test_a_form_from_elsewhere_is_refused(controlled, person, app, browser):
    page = browser.open(authorize(app))
    stranger = PlainBrowser(controlled.endpoint)
    assert stranger.submit(page, username="hanna", password=PASSWORD).status_code == 403, "no cookie"
    browser.session.headers["Origin"] = "https://evil.example"
    assert browser.submit(page, username="hanna", password=PASSWORD).status_code == 403, "another site"


def test_pages_allow_no_script_and_no_frame_and_escape_what_they_show(app, browser):
    page = browser.open(authorize(app))
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "script-src" not in policy
    reply = browser.submit(page, username='"><script>alert(1)</script>', password="x")
    assert "<script>" not in reply.text and "&lt;script&gt;" in reply.text
