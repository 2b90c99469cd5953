package dev.larder.spring.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.util.UrlUtils;

/**
 * What Spring Security keeps between two requests: the CSRF token, and the request to go back to after
 * a log-in.
 *
 * <p>Of that request the address and, if it was a GET, the parameters are stored. Its headers and
 * cookies are not: they have ids and passwords in them.
 */
final class WebSecurityAttributes {

  private WebSecurityAttributes() {}

  record CsrfForm(String header, String parameter, String token) {}

  record RequestForm(
      String scheme,
      String serverName,
      int serverPort,
      @Nullable String contextPath,
      String requestUri,
      String requestUrl,
      @Nullable String servletPath,
      @Nullable String pathInfo,
      @Nullable String queryString,
      String method,
      @Nullable String matchingParameter,
      Map<String, List<String>> parameters) {}

  static void declare(AttributeTypes.Builder types) {
    types
        .add(
            "spring-security-csrf",
            DefaultCsrfToken.class,
            CsrfForm.class,
            token ->
                new CsrfForm(token.getHeaderName(), token.getParameterName(), token.getToken()),
            form -> new DefaultCsrfToken(form.header(), form.parameter(), form.token()))
        .add(
            "spring-security-request",
            DefaultSavedRequest.class,
            RequestForm.class,
            WebSecurityAttributes::requestForm,
            WebSecurityAttributes::request);
  }

  private static RequestForm requestForm(DefaultSavedRequest request) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (request.getMethod().equals("GET")) {
      request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
    }
    return new RequestForm(
        text(request.getScheme()),
        text(request.getServerName()),
        request.getServerPort(),
        request.getContextPath(),
        text(request.getRequestURI()),
        text(request.getRequestURL()),
        request.getServletPath(),
        request.getPathInfo(),
        request.getQueryString(),
        request.getMethod(),
        matchingParameter(request),
        parameters);
  }

  /** The parameter that marks the way back; the request shows it in its redirect address only. */
  private static @Nullable String matchingParameter(DefaultSavedRequest request) {
    String bare = UrlUtils.buildFullRequestUrl(
        text(request.getScheme()),
        text(request.getServerName()),
        request.getServerPort(),
        text(request.getRequestURI()),
        request.getQueryString());
    String whole = request.getRedirectUrl();
    return whole.length() > bare.length() + 1 && whole.startsWith(bare)
        ? whole.substring(bare.length() + 1)
        : null;
  }

  private static DefaultSavedRequest request(RequestForm form) {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    form.parameters()
        .forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
    DefaultSavedRequest.Builder builder = new DefaultSavedRequest.Builder()
        .setScheme(form.scheme())
        .setServerName(form.serverName())
        .setServerPort(form.serverPort())
        .setRequestURI(form.requestUri())
        .setRequestURL(form.requestUrl())
        .setMethod(form.method())
        .setParameters(parameters)
        .setHeaders(Map.of())
        .setLocales(List.of())
        .setCookies(List.of());
    set(form.contextPath(), builder::setContextPath);
    set(form.servletPath(), builder::setServletPath);
    set(form.pathInfo(), builder::setPathInfo);
    set(form.queryString(), builder::setQueryString);
    set(form.matchingParameter(), builder::setMatchingRequestParameterName);
    return builder.build();
  }

  private static void set(@Nullable String value, Consumer<String> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
