package dev.larder.showcase.algoitny.domain;

/** How many registered problems a platform has. */
public record PlatformCount(String platform, long problems) {}
