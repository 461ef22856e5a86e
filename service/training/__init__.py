"""Making the models of rules/score from labelled texts: reads the sets, writes the files.

What is learned and how is decided in rules/score/training; here are the files, the order of the
steps and the model card. May be imported by the command line alone.
"""
