"""What numba compiles: functions over addresses of numbers, called through `percolate` alone.

The order: `cut` reads a field as rules/text does (`tags`, `addresses` and `prefixes` know theirs;
`given` takes fields that rules/text cut), `hits` looks words up, `evaluate` walks the queries that
were given away (`near` and `places` know where words stand), `spans` writes. `pointers` says which
numbers stand at which address.

Their arguments have no annotations: the compiler finds the types of machine numbers itself, and
nothing but integers, and tuples of pointers as in `layout`, goes in.
"""
