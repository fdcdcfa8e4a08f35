"""States are functions that give the next one."""
def start(text, place):
    return (word, place) if text[place].isalpha() else (skip, place)


def skip(text, place):
    return start, place + 1


def word(text, place):
    end = place
    while end < len(text) and text[end].isalpha():
        end += 1
    FOUND.append(text[place:end])
    return start, end


FOUND = []


def run(text):
    state, place = start, 0
    while place < len(text):
        state, place = state(text, place)
    return FOUND
