package dev.larder.showcase.simlane.domain;

/** What a profile has done in all seasons. */
public record ProfileStats(int starts, int wins, int podiums, int points, int seasons) {}
