package dev.larder.web;

import java.util.List;

/**
 * What a stored response depends on, and nothing else: two requests with equal keys get one response.
 *
 * <p>The cache is the outermost part of the key. Route and variables come first, so that all variants
 * of one resource share a prefix.
 *
 * @param route the matched handler and its pattern
 * @param variables decoded path variables, in the order of the pattern
 * @param query declared query parameters as {@code name=value}, decoded, in declared order; or the raw
 *     query string alone, where the rule takes all of it
 * @param vary normalised values of the declared headers, in declared order; empty for an absent one
 * @param visitor empty for all, else who asks or which of the declared roles they have
 */
public record RequestKey(
    String route, List<String> variables, List<String> query, List<String> vary, String visitor) {

  /** Copies the lists. */
  public RequestKey {
    variables = List.copyOf(variables);
    query = List.copyOf(query);
    vary = List.copyOf(vary);
  }
}
