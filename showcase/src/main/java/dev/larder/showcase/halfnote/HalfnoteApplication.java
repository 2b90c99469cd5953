package dev.larder.showcase.halfnote;

import dev.larder.showcase.host.ShowcaseSystem;

/** Halfnote by itself. */
@ShowcaseSystem(name = "halfnote")
public class HalfnoteApplication {}
