class A(B):
    pass


class B(A):
    pass


x = y
y = x
x.run()


def f():
    return g()


def g():
    return f()


f()
