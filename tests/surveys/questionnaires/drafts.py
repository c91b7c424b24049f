"""Questions as somebody might write them."""

from surveys.questionnaires.drafts import Draft


def yes_no(text: str = "Kommer du igen?", **more) -> Draft:
    return Draft(**{"kind": "yes_no", "text": text, "text_en": "Will you come back?"} | more)


def option(code: str, sv: str = "", en: str = "") -> dict[str, str]:
    return {"code": code, "sv": sv or code.title(), "en": en or code.title()}


def choice(*codes: str, **more) -> Draft:
    options = tuple(option(code) for code in codes or ("bread", "cake"))
    return Draft(**{"kind": "choice", "text": "Vad åt du?", "text_en": "What did you eat?", "options": options} | more)


def scale(lowest: int | None = 1, highest: int | None = 5, **more) -> Draft:
    words = {"low_label": "Lite", "low_label_en": "Little", "high_label": "Mycket", "high_label_en": "Much"}
    asked = {"kind": "scale", "text": "Hur mycket?", "text_en": "How much?", "lowest": lowest, "highest": highest}
    return Draft(**asked | words | more)
