"""The oracle: layers executed by plain loops that count what they do; it knows no formula.

``number`` is the scalar that counts, ``tensors`` what is made of scalars, and each of the other
modules executes a family of layers as their papers define them; ``running`` lists them.
"""
