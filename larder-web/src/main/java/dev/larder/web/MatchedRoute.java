package dev.larder.web;

import java.util.Map;

/**
 * The handler that a request will reach, and its rule.
 *
 * @param rule its rule
 * @param route names handler and pattern; no other pair has the same
 * @param variables decoded path variables, in the order of the pattern; with what a wildcard stands for
 */
public record MatchedRoute(ResponseRule rule, String route, Map<String, String> variables) {}
