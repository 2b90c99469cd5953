package dev.larder.showcase.simlane.domain;

import java.util.List;

/** What a search found, at most twenty of each. */
public record Found(List<ProfileLine> profiles, List<ClubLine> clubs) {}
