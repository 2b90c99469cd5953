package dev.larder.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.security.Principal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request as a handler sees it whose response may be stored: the guard against unkeyed inputs.
 *
 * <p>Each input is one of three. <b>Keyed</b>: shown in the normal form that the key holds. <b>Hidden</b>:
 * conditions and ranges, which the cache answers itself; the handler makes the whole response, or answers
 * conditions of the cache's own, which wants to know whether what it has still holds. <b>Unkeyed</b>: shown as it is, and noted, so that what depends on it is not stored. An absent header
 * is noted too: its absence is not in the key either.
 */
final class FillRequest extends KeyedRequest {

  /** Attributes that containers and frameworks set on every request, and look at. */
  private static final List<String> FRAMEWORK = List.of(
      "org.springframework.",
      "jakarta.",
      "org.apache.",
      "org.eclipse.jetty.",
      "io.undertow.",
      "dev.larder.",
      "io.micrometer.",
      "__spring_security_");

  private final ResponseRule rule;
  private final InputRecord inputs;
  private final CapturedResponse response;
  private final List<FillGuard> guards;
  private final Set<String> ownAttributes = new HashSet<>();

  /**
   * Wraps a request.
   *
   * @param keyedHeaders normal form by name in lower case
   * @param conditions the cache's own, by name in lower case
   */
  FillRequest(
      HttpServletRequest request,
      ResponseRule rule,
      Map<String, String> keyedHeaders,
      InputRecord inputs,
      CapturedResponse response,
      List<FillGuard> guards,
      Map<String, String> conditions) {
    super(request, rule, keyedHeaders, inputs, conditions);
    this.rule = rule;
    this.inputs = inputs;
    this.response = response;
    this.guards = guards;
  }

  /** Not once the client is answered directly: it did not ask under these conditions. */
  @Override
  boolean isConditional() {
    return response.passedOn() == null;
  }

  private HttpServletRequest request() {
    return (HttpServletRequest) getRequest();
  }

  /** HEAD is answered from the response to GET. */
  @Override
  public String getMethod() {
    return "GET";
  }

  // ---- who sent it; in the scope ANONYMOUS nobody, or the request would not be here

  @Override
  public @Nullable Principal getUserPrincipal() {
    if (rule.scope() == Scope.ANONYMOUS) {
      return null;
    }
    noteUser("user");
    return inputs.judged(super::getUserPrincipal);
  }

  @Override
  public @Nullable String getRemoteUser() {
    if (rule.scope() == Scope.ANONYMOUS) {
      return null;
    }
    noteUser("user");
    return inputs.judged(super::getRemoteUser);
  }

  @Override
  public @Nullable String getAuthType() {
    inputs.read("authentication type");
    return super.getAuthType();
  }

  @Override
  public boolean isUserInRole(String role) {
    if (rule.scope() == Scope.ANONYMOUS) {
      return false;
    }
    if (rule.scope() != Scope.ROLES || !rule.roles().contains(role)) {
      noteUser("role " + role);
    }
    return inputs.judged(() -> super.isUserInRole(role));
  }

  private void noteUser(String input) {
    if (rule.scope() != Scope.USER) {
      inputs.read(input);
    }
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    if (!create) {
      for (FillGuard guard : guards) {
        HttpSession noting = guard.session(super.getSession(false), inputs);
        if (noting != null) {
          return noting;
        }
      }
    }
    inputs.read("session");
    return super.getSession(create);
  }

  @Override
  public HttpSession getSession() {
    inputs.read("session");
    return super.getSession();
  }

  @Override
  public String changeSessionId() {
    inputs.read("session");
    return super.changeSessionId();
  }

  @Override
  public @Nullable String getRequestedSessionId() {
    inputs.read("session id");
    return super.getRequestedSessionId();
  }

  @Override
  public boolean isRequestedSessionIdValid() {
    inputs.read("session id");
    return super.isRequestedSessionIdValid();
  }

  @Override
  public boolean isRequestedSessionIdFromCookie() {
    inputs.read("session id");
    return super.isRequestedSessionIdFromCookie();
  }

  @Override
  public boolean isRequestedSessionIdFromURL() {
    inputs.read("session id");
    return super.isRequestedSessionIdFromURL();
  }

  @Override
  public boolean authenticate(HttpServletResponse target) throws IOException, ServletException {
    inputs.read("user");
    return super.authenticate(target);
  }

  @Override
  public void login(String user, String password) throws ServletException {
    inputs.read("login");
    super.login(user, password);
  }

  @Override
  public void logout() throws ServletException {
    inputs.read("login");
    super.logout();
  }

  // ---- attributes: those that others set before are inputs of the request like any other

  @Override
  @SuppressWarnings(
      "ReferenceEquality") // a guard that has nothing to say hands the value back itself
  public @Nullable Object getAttribute(String name) {
    Object value = super.getAttribute(name);
    if (value == null || ownAttributes.contains(name)) {
      return value;
    }
    for (FillGuard guard : guards) {
      Object guarded = guard.attribute(name, value, inputs);
      if (guarded != value) {
        return guarded;
      }
    }
    if (FRAMEWORK.stream().noneMatch(name::startsWith) && !name.endsWith(".FILTERED")) {
      inputs.read("request attribute " + name);
    }
    return value;
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    ownAttributes.add(name);
    super.setAttribute(name, value);
  }

  // ---- bodies, and responses that do not end with the handler

  @Override
  public ServletInputStream getInputStream() throws IOException {
    inputs.read("body");
    return super.getInputStream();
  }

  @Override
  public BufferedReader getReader() throws IOException {
    inputs.read("body");
    return super.getReader();
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    inputs.read("body");
    return super.getParts();
  }

  @Override
  public Part getPart(String name) throws IOException, ServletException {
    inputs.read("body");
    return super.getPart(name);
  }

  @Override
  public AsyncContext startAsync() {
    inputs.end();
    response.passOn("answered asynchronously");
    return request().startAsync(this, response);
  }

  @Override
  public AsyncContext startAsync(ServletRequest asyncRequest, ServletResponse asyncResponse) {
    inputs.end();
    response.passOn("answered asynchronously");
    return super.startAsync(asyncRequest, asyncResponse);
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler)
      throws IOException, ServletException {
    response.passOn("upgraded");
    return super.upgrade(handler);
  }
}
