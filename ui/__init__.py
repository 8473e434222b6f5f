"""The `bronvast` command and the Gradio page: thin, one call and one rendering for each event."""
