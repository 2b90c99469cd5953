package dev.larder.showcase.algoitny;

import dev.larder.showcase.host.ShowcaseSystem;

/** AlgoItny by itself. */
@ShowcaseSystem(name = "algoitny")
public class AlgoItnyApplication {}
