package dev.larder.showcase.simlane;

import dev.larder.showcase.host.ShowcaseSystem;

/** SimLane by itself. */
@ShowcaseSystem("simlane")
public class SimLaneApplication {}
