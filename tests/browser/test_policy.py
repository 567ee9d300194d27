"""What a page's policy is for: script that came in with data does not run, whichever way it came."""

import pytest

from browser.conftest import Visitors

pytestmark = pytest.mark.long

_WAYS = {
    "an element of script": "const it = document.createElement('script'); it.textContent = 'owned = 1'; document.body.append(it)",
    "an event's attribute": "document.body.insertAdjacentHTML('beforeend', '<img src=/nothing.png onerror=\"owned = 1\">')",
    "text that is run later": "setTimeout('owned = 1')",
    "another's script": "const it = document.createElement('script'); it.src = 'https://example.invalid/x.js'; document.body.append(it)",
    "a frame of another's": "const it = document.createElement('iframe'); it.src = 'https://example.invalid/'; document.body.append(it)",
    "a form to another": "document.body.insertAdjacentHTML('beforeend', '<form id=f action=https://example.invalid/></form>'); f.submit()",
}
"""Each runs or sends something, if it can."""
_REFUSED = """way => new Promise(done => {
    document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective), {once: true})
    new Function(way)()
})"""


@pytest.mark.parametrize("path", ["/", "/doctors", "/sign-in"])
def test_script_that_came_in_with_data_is_refused(visitors: Visitors, path: str) -> None:
    visitor = visitors()
    visitor.expects("Content Security Policy", r"/nothing\.png 404", "violates the following", "GET /x.js csp")
    page = visitor.page
    page.goto(path)
    refused = {name: page.evaluate(_REFUSED, way) for name, way in _WAYS.items()}
    assert refused == {
        "an element of script": "script-src-elem",
        "an event's attribute": "script-src-attr",
        "text that is run later": "script-src",
        "another's script": "script-src-elem",
        "a frame of another's": "frame-src",
        "a form to another": "form-action",
    }
    assert not page.evaluate("'owned' in window")
