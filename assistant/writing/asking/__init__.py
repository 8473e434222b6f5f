"""Asking a model: prompts and schemas go out, the endpoint brings pieces of a reply within a budget, and proposals are read from them."""
