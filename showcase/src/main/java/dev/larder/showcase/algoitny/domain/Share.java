package dev.larder.showcase.algoitny.domain;

/** How many attempts fall to one language, platform or month, and how many of them passed. */
public record Share(String name, long attempts, long passed) {}
