package dev.larder.internal.manage;

import dev.larder.manage.WarmUp;
import java.util.List;

/** The warm-ups of one node, as it pins them to the board. */
public record ToldWarmUps(String node, List<WarmUp> all) {}
