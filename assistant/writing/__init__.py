"""The optional language model: what it is asked, how its words are checked, and when it is given up on."""
