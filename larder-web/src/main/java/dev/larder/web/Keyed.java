package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request with its key.
 *
 * @param route the matched route
 * @param key the key
 * @param headers normal forms of the keyed headers, by name in lower case
 * @param facts what tags and conditions may use
 */
record Keyed(MatchedRoute route, RequestKey key, Map<String, String> headers, RuleRequest facts) {

  static Keyed of(
      HttpServletRequest request,
      MatchedRoute route,
      VisitorResolver visitors,
      @Nullable String identity) {
    ResponseRule rule = route.rule();
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : rule.vary()) {
      headers.put(name.toLowerCase(Locale.ROOT), HeaderForm.of(request, name));
    }
    rule.fixed().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    List<String> query = new ArrayList<>();
    if (rule.takesWholeQuery()) {
      String whole = request.getQueryString();
      query.add(whole == null ? "" : whole);
      request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
    } else {
      for (String name : rule.query()) {
        String[] values = request.getParameterValues(name);
        if (values != null) {
          parameters.put(name, List.of(values));
          for (String value : values) {
            query.add(name + "=" + value);
          }
        }
      }
    }
    RequestKey key = new RequestKey(
        route.route(),
        List.copyOf(route.variables().values()),
        query,
        List.copyOf(headers.values()),
        visitor(request, rule, visitors, identity));
    Principal principal = rule.scope() == Scope.USER ? request.getUserPrincipal() : null;
    String user = principal == null ? "" : principal.getName();
    return new Keyed(route, key, headers, new RuleRequest(route.variables(), parameters, user));
  }

  private static String visitor(
      HttpServletRequest request,
      ResponseRule rule,
      VisitorResolver visitors,
      @Nullable String identity) {
    if (rule.scope() == Scope.USER) {
      return "user " + identity;
    }
    if (rule.scope() != Scope.ROLES) {
      return "";
    }
    List<String> held = rule.roles().stream()
        .filter(role -> identity != null && visitors.hasRole(request, role))
        .sorted()
        .toList();
    return "roles " + String.join(" ", held);
  }
}
