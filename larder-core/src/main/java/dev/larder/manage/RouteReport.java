package dev.larder.manage;

import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import java.util.List;

/**
 * What the nodes of an application did for HTTP requests since they started.
 *
 * @param routes what caches of responses did, over all nodes, by route
 * @param requests what requests did with caches, over all nodes, by endpoint
 * @param nodes the nodes that are in it
 * @param silent nodes that gave no answer
 */
public record RouteReport(
    List<RouteStats> routes,
    List<RequestStats> requests,
    List<String> nodes,
    List<String> silent) {}
