"""What a browser makes of the policy of a page: all that the site does, and nothing else."""

import pytest
from visits import Visit

PAGES = ("", "zero-init/", "logistic/", "playground/", "labs/planar/", "api/", "404.html")
WATCH = """window.refused = [];
addEventListener("securitypolicyviolation", (event) =>
  refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""


@pytest.fixture(scope="module")
def open_page(browser, address):
    """Visit a page that keeps what its policy refused in `window.refused`."""

    def visit(name):
        permissions = {"permissions": ["clipboard-read", "clipboard-write"]}
        return Visit(browser, address, name, first=WATCH, **permissions)

    return visit


@pytest.fixture(scope="module")
def attacked(open_page):
    with open_page("zero-init/") as visit:
        script = "try { eval('window.ran = true') } catch { }"
        visit.tab.route("**/eval.js", lambda route: route.fulfill(body=script))
        yield visit


def refused(visit):
    return visit.tab.evaluate("window.refused")


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name.strip("/") or "index")
def test_nothing_a_page_does_is_refused(open_page, name):
    with open_page(name) as visit:
        tab = visit.tab
        tab.locator("label[title='Switch to dark mode']").click()
        assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"
        if name not in ("", "404.html"):
            tab.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
            tab.get_by_role("button", name="copy", exact=True).first.click()
            tab.get_by_role("button", name="copied").wait_for()
        tab.locator(".md-search__input").click()
        tab.keyboard.type("symmetry")
        tab.locator(".md-search-result__link").first.wait_for()
        assert refused(visit) == []
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
        assert visit.said == []


def test_the_playground_trains_under_its_policy(open_page):
    with open_page("playground/#start=normal&seed=3") as visit:
        visit.until("document.querySelector('.playground').ariaBusy === 'false'")
        visit.tab.get_by_role("button", name="Train").click()
        visit.tab.locator(".pg-verdict", has_text="all different").wait_for()
        visit.tab.get_by_text("Every W and b, as numbers").click()
        visit.tab.locator(".pg-table table").first.wait_for()
        assert (refused(visit), visit.said) == ([], [])


INJECTED = {
    "script-src-elem inline": "const s = document.createElement('script');"
    "s.textContent = 'window.ran = true'; document.body.append(s)",
    "script-src-attr inline": "document.body.insertAdjacentHTML('beforeend',"
    """ '<img src="none.png" onerror="window.ran = true">')""",
    "script-src-elem data": "const s = document.createElement('script');"
    "s.src = 'data:text/javascript,window.ran=true'; document.body.append(s)",
    "script-src eval": "const s = document.createElement('script'); s.src = '../eval.js';"
    "document.body.append(s)",
    "connect-src http://localhost:9": "fetch('http://localhost:9/').catch(() => 0)",
    "img-src http://localhost:9": "new Image().src = 'http://localhost:9/secret.png'",
    "base-uri http://localhost:9": "const b = document.createElement('base');"
    "b.href = 'http://localhost:9/'; document.head.append(b)",
    "form-action http://localhost:9": "const f = document.createElement('form');"
    "f.action = 'http://localhost:9/'; document.body.append(f); f.submit()",
    "frame-src http://localhost:9": "const f = document.createElement('iframe');"
    "f.src = 'http://localhost:9/'; document.body.append(f)",
}


@pytest.mark.parametrize("injected", INJECTED)
def test_what_does_not_belong_to_the_site_is_refused(attacked, injected):
    tab = attacked.tab
    tab.evaluate("window.refused.length = 0")
    tab.evaluate(f"() => {{ {INJECTED[injected]} }}")
    attacked.until("window.refused.length > 0")
    assert [said.startswith(injected) for said in refused(attacked)] == [True], refused(attacked)
    assert tab.evaluate("window.ran") is None
