package dev.larder.showcase.halfnote;

import dev.larder.showcase.host.ShowcaseSystem;

/** Halfnote by itself. */
@ShowcaseSystem("halfnote")
public class HalfnoteApplication {}
