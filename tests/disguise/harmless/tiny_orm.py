"""Fields are descriptors; a metaclass collects them."""
class Field:
    def __init__(self, kind, default=None):
        self.kind, self.default = kind, default

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        return self if instance is None else instance.__dict__.get(self.name, self.default)

    def __set__(self, instance, value):
        instance.__dict__[self.name] = self.kind(value)


class Meta(type):
    def __new__(cls, name, bases, body):
        fields = {key: value for key, value in body.items() if isinstance(value, Field)}
        made = super().__new__(cls, name, bases, body)
        made._fields = fields
        return made


class Model(metaclass=Meta):
    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)

    @classmethod
    def find(cls, db, key):
        columns = ", ".join(cls._fields)
        return db.execute("SELECT id, name FROM users WHERE id = ?", (key,)).fetchone(), columns


class User(Model):
    id = Field(int)
    name = Field(str, "")
