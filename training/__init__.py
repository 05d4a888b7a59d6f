"""How the parser's weights come to be: treebanks in, one file of weights out."""
