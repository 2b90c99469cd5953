package dev.larder.showcase.simlane;

import dev.larder.showcase.host.ShowcaseSystem;

/** SimLane by itself. */
@ShowcaseSystem(name = "simlane")
public class SimLaneApplication {}
