package dev.larder.manage;

import dev.larder.stats.SessionStats;
import java.util.List;

/**
 * What the nodes of an application did with HTTP sessions since they started.
 *
 * @param nodes each node's own figures
 * @param silent nodes that gave no answer
 */
public record SessionReport(List<NodeSessions> nodes, List<String> silent) {

  /**
   * The sessions of one node.
   *
   * @param node its id
   * @param sessions by where they are kept; empty if it keeps none in Larder
   */
  public record NodeSessions(String node, List<SessionStats> sessions) {}
}
