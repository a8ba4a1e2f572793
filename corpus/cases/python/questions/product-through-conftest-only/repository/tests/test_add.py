def test_total(app):
    assert app.get("/total") == 3


def test_none(app):
    assert app.get("/x") is None
