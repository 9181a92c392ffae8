"""Registers several toys at once; imports none of them."""


def models():
    return {"carded": "iadbe_toys:Carded", "provided_bare": "iadbe_toys:Toy"}
