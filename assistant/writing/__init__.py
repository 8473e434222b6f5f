"""The optional language model: what is written beside an answer that is finished already.

The way of one answer, in `writer.py`: its quotations become material under opaque ids (`material.py`), which is sent with a
prompt and read back as proposals (`asking/`); each proposal is judged (`checking/`), and what passes joins the draft (`drafts.py`).
"""
