"""What a workspace file means: brands, queries, sources and who answers, as one TOML text.

``file.read`` turns the text into a Workspace or refuses it with every problem at once, each with
its place in the file. ``apply.plan`` says what would change, ``apply.apply`` changes it. Reading
touches neither store nor network; applying touches the store only.

    file        the way from text to Workspace
    checks      what one table alone cannot know: names, references, connectors, queries
    positions   where in the text each key and value stands
    model       the tables and their keys
    values      the kinds of values that keys take
    presets     the query made from a name, and the sources that need no key
    diff        what the store has against what the file says: pure
    apply       plan and apply
    schema      the JSON Schema for editors
"""
