package dev.larder.web.spring;

import dev.larder.web.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Handlers that do what a test tells them, by the name of the case; the body counts the calls. */
@RestController
class Script {

  /** What a handler does. */
  @FunctionalInterface
  interface Act {
    void on(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  private static final Map<String, Act> ACTS = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> CALLS = new ConcurrentHashMap<>();

  /** Teaches a case; names must be told apart by all tests of a process. */
  static void teach(String name, Act act) {
    ACTS.put(name, act);
    CALLS.put(name, new AtomicInteger());
  }

  static int calls(String name) {
    return CALLS.get(name).get();
  }

  private static void play(String name, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    int call = CALLS.get(name).incrementAndGet();
    ACTS.get(name).on(request, response);
    if (response.getStatus() != 204 && response.getStatus() != 304 && !response.isCommitted()) {
      response.getWriter().print(name + " " + call);
    }
  }

  @CachedResponse(
      scope = Scope.PUBLIC,
      ttl = "10m",
      staleIfError = "1h",
      vary = {"X-Keyed", "Accept-Language"},
      statuses = {200, 203, 301, 404, 410})
  @GetMapping(path = "/public/{name}", produces = "text/plain")
  void open(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    play(name, request, response);
  }

  @CachedResponse(ttl = "10m")
  @GetMapping(path = "/anonymous/{name}", produces = "text/plain")
  void anonymous(
      @PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    play(name, request, response);
  }

  @CachedResponse(scope = Scope.USER, ttl = "10m", tags = "of:#{#user}")
  @GetMapping(path = "/user/{name}", produces = "text/plain")
  void user(
      @PathVariable String name,
      Principal user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    play(name, request, response);
  }

  @CachedResponse(
      scope = Scope.ROLES,
      roles = {"ADMIN", "MEMBER"},
      ttl = "10m")
  @GetMapping(path = "/roles/{name}", produces = "text/plain")
  void roles(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    play(name, request, response);
  }

  @CachedResponse(scope = Scope.PUBLIC, ttl = "1m", staleFor = "10m")
  @GetMapping(path = "/stale/{name}", produces = "text/plain")
  void stale(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    play(name, request, response);
  }

  @CachedResponse(
      scope = Scope.PUBLIC,
      ttl = "1m",
      revalidateFor = "1h",
      tags = "revalidated:#{#name}",
      statuses = {200, 404})
  @GetMapping(path = "/revalidated/{name}", produces = "text/plain")
  void revalidated(
      @PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    play(name, request, response);
  }

  @CachedResponse(
      scope = Scope.PUBLIC,
      ttl = "10m",
      statuses = {200, 500, 503})
  @GetMapping(path = "/failing/{name}", produces = "text/plain")
  void failing(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    play(name, request, response);
  }

  @RequestMapping(
      path = {"/public/{name}", "/anonymous/{name}"},
      method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.DELETE, RequestMethod.PATCH})
  void write(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    int status = request.getIntHeader("X-Status");
    response.setStatus(status < 0 ? 200 : status);
  }
}
