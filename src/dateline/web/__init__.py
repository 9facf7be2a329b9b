"""The windows for eyes: coloured terminal text (:mod:`.terminal`) and one-file pages (:mod:`.page`)."""
