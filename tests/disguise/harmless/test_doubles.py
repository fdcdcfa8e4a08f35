"""Doubles that take down how they were called."""
class Spy:
    def __init__(self, answers=None):
        self.calls, self.answers = [], dict(answers or {})

    def __getattr__(self, name):
        def call(*args, **kwargs):
            self.calls.append((name, args, kwargs))
            return self.answers.get(name)

        return call

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


def test_sends():
    mail = Spy({"send": True})
    with mail as open_mail:
        assert open_mail.send("a@example.org", subject="Hello")
    assert mail.calls == [("send", ("a@example.org",), {"subject": "Hello"})]
