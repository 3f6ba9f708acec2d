"""Sliced functions: for each function, of its module only what its handler reaches.

One module often holds several functions, and what only one of them needs (boto3, pandas) is
imported by all of them at each cold start. A slice is that module's source with statements taken
out, by offsets, so that what stays keeps its lines; `_sparta_slices.py` in the archive imports it
in the module's place, under the module's own name and file.

The analysis, one step a module:

1. `unit`: the module's statements, each with the names it binds and those it may read. Reading is
   taken widely: every name within, however deep, and every word of a text, which may be an
   annotation or an attribute's name.
2. `purity`, `definitions`, `statements`: whether a statement only binds names. What it evaluates
   has to be known as such (`known`, `origins`): literals, functions, classes, imports of modules
   without side effects, constructors of values. Anything else stays.
3. `reach`: the statements that stay: the one that binds the handler, all that are not pure, what
   other modules import from here, what is marked `# sparta: keep`; and what binds any name that
   one of those may read, until nothing is added.
4. `dynamic`, `submodules`: what no such analysis sees through, `globals()`, or a submodule that
   some dropped import has loaded by the way. Found in what stays, the module is left alone.
5. `cut`: the text, compared with the original statement by statement before it is used.
6. `slicing`: the steps in their order, and whether anything expensive is gained; if not, the
   module is left alone too.

What is dropped is pure, so it can be run later as well as first: where a library still asks the
module for a dropped name (`pickle` does), `_sparta_slices.py` runs what was dropped there and then.
"""
