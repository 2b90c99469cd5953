package dev.larder.web;

import java.util.List;
import java.util.Map;

/**
 * What tags and conditions may use of a request: only what is in the key.
 *
 * @param variables decoded path variables
 * @param query declared query parameters that the request has, decoded
 * @param user name of the user who asks, in a rule for single users; empty otherwise
 */
public record RuleRequest(
    Map<String, String> variables, Map<String, List<String>> query, String user) {}
