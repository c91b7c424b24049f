"""A page without a mouse: how the Tab key gets somewhere, and that one always sees where it is."""

from playwright.sync_api import Locator, Page

# Far more than any page of ours has before its main content ends.
PATIENCE = 120

IS_SEEN = """element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return (ring || style.boxShadow !== "none") && box.width > 0 && box.height > 0;
}"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until ``wanted`` has the focus, which must be seen on it."""
    wanted.wait_for()
    for _press in range(PATIENCE):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate(IS_SEEN), f"the focus is not seen on {wanted}"
            return
    raise AssertionError(f"Tab does not lead to {wanted} on {page.url}")


WHERE = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const after = getComputedStyle(element, "::after");
    const ring = [style, after].some(one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2);
    return {
        place: [...document.querySelectorAll("*")].indexOf(element),
        seen: (ring || style.boxShadow !== "none") && box.width > 0 && box.height > 0,
        onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        said: element.outerHTML.slice(0, 120),
    };
}"""

# What Tab must reach: of radio buttons with the same name only one has its place in the order.
REACHABLE = """() => {
    const all = [...document.querySelectorAll("*")];
    const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const groups = new Set();
    return [...document.querySelectorAll("main :is(" + wanted + ")")].filter(element => {
        if (element.disabled || element.tabIndex < 0 || !element.checkVisibility()) return false;
        if (element.type !== "radio") return true;
        const chosen = document.querySelector(`input[type=radio][name="${element.name}"]:checked`);
        if (chosen ? chosen !== element : groups.has(element.name)) return false;
        groups.add(element.name);
        return true;
    }).map(element => [all.indexOf(element), element.outerHTML.slice(0, 120)]);
}"""


def walk(page: Page, most: int = 400) -> list[str]:
    """Tab from the page's beginning to its end; what is wrong with the way, in words (nothing: an empty list).

    Open the page with ``reduced_motion="reduce"``: a page that glides to what has the focus is not there yet when asked.
    Each place is seen and on the screen, comes after the one before, and everything in ``main`` that can be used is met.
    """
    faults, met, last, first = [], set(), -1, None
    reachable = page.evaluate(REACHABLE)
    for _press in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here is None or here["place"] == first:  # past the last one, or there and round again
            break
        if here["place"] == last:  # a date has places of its own inside
            continue
        if here["place"] < last:
            faults.append(f"backwards: {here['said']}")
            break
        if not here["seen"]:
            faults.append(f"not seen: {here['said']}")
        if not here["onScreen"]:
            faults.append(f"off the screen: {here['said']}")
        last = here["place"]
        first = last if first is None else first
        met.add(last)
    else:
        faults.append(f"no end after {most} presses")
    return faults + [f"not met: {said}" for place, said in reachable if place not in met]
