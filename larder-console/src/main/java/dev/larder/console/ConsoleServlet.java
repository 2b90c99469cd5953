package dev.larder.console;

import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console of one larder: pages, a JSON API and a live stream below the path that it is mounted at,
 * such as {@code /larder/*}. It shows all nodes, from any of them.
 *
 * <p>It must be registered with asynchronous support. It starts two threads when it is initialised with
 * settings that open it, and ends them when it is destroyed. Every answer is private to who asked: it
 * bears a strict content security policy and is kept by no cache, except for files of the page, which
 * are the same for all.
 */
public final class ConsoleServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger logger = LoggerFactory.getLogger(ConsoleServlet.class);
  private static final long LONGEST_STREAM_MILLIS = Duration.ofHours(12).toMillis();
  private static final String CLOSED =
      "The console is closed. Set larder.console.token (16 characters or more) or"
          + " larder.console.role to open it (ConsoleSettings)";

  /** Where the answers come from while the servlet is in service. */
  private record Parts(Assets assets, Access access, Pulse pulse, Api api, Orders orders) {}

  private final transient Management management;
  private final transient ConsoleSettings settings;
  private transient volatile @Nullable Parts parts;

  /**
   * A console of what is managed.
   *
   * @param management stays the caller's
   * @param settings who may use it
   */
  public ConsoleServlet(Management management, ConsoleSettings settings) {
    this.management = management;
    this.settings = settings;
  }

  @Override
  public void init() {
    if (settings.isOpen()) {
      Masking masking = new Masking(settings.secretCaches());
      Pulse pulse = new Pulse(management, masking, settings);
      parts = new Parts(
          new Assets(),
          new Access(settings, new Attempts(System::nanoTime), System::currentTimeMillis),
          pulse,
          new Api(management, masking, pulse),
          new Orders(management));
    }
  }

  @Override
  public void destroy() {
    Parts ending = parts;
    parts = null;
    if (ending != null) {
      ending.pulse().close();
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Parts now = parts;
    protect(
        response,
        now == null
            ? "default-src 'none'; frame-ancestors 'none'"
            : now.assets().policy());
    try {
      if (now == null) {
        throw Problem.notFound(CLOSED);
      }
      String path = request.getPathInfo();
      if (path == null) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", request.getContextPath() + request.getServletPath() + "/");
      } else if (path.startsWith("/api/")) {
        api(now, path.substring("/api/".length()), request, response);
      } else {
        page(now, path, request, response);
      }
    } catch (Problem problem) {
      fail(response, problem);
    } catch (ManagementException failure) {
      fail(response, Problem.of(failure));
    } catch (RuntimeException failure) {
      logger.warn(
          "the console could not answer {} {}",
          request.getMethod(),
          request.getPathInfo(),
          failure);
      fail(
          response,
          new Problem(
              500,
              "It failed",
              ManagementException.Reason.UNREACHABLE,
              "The console failed; its log says why"));
    }
  }

  private static void protect(HttpServletResponse response, String policy) {
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("X-Robots-Tag", "noindex");
    response.setHeader("Cache-Control", "no-store");
  }

  private static void fail(HttpServletResponse response, Problem problem) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    if (problem.status() == 401) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"larder\"");
    } else if (problem.status() == 429) {
      response.setHeader("Retry-After", "60");
    }
    send(response, problem.status(), "application/problem+json", Json.write(problem.body()));
  }

  private static void send(HttpServletResponse response, int status, String type, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void page(
      Parts now, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      throw wrongMethod(response, "GET, HEAD");
    }
    if (path.equals("/")) {
      send(response, 200, "text/html;charset=UTF-8", now.assets().page());
      return;
    }
    Assets.Asset asset = path.startsWith("/assets/")
        ? now.assets().asset(path.substring("/assets/".length()))
        : null;
    if (asset == null) {
      throw Problem.notFound("There is no such page or file");
    }
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    send(response, 200, asset.type(), asset.bytes());
  }

  private static Problem wrongMethod(HttpServletResponse response, String allowed) {
    response.setHeader("Allow", allowed);
    return new Problem(
        405,
        "Wrong method",
        ManagementException.Reason.WRONG_QUESTION,
        "This address takes " + allowed);
  }

  private static void api(
      Parts now, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "GET" -> get(now, path, request, response);
      case "POST" -> post(now, path, request, response);
      default -> throw wrongMethod(response, "GET, POST");
    }
  }

  private static void get(
      Parts now, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (path.equals("session")) {
      now.access().bind(request, response);
    }
    Visitor visitor = now.access().visitor(request);
    if (path.equals("stream")) {
      stream(now, request, response);
    } else {
      json(response, now.api().answer(path, request, visitor));
    }
  }

  private static void json(HttpServletResponse response, Map<String, Object> answer)
      throws IOException {
    send(response, 200, "application/json", Json.write(answer));
  }

  private record LogIn(@Nullable String token) {}

  private static void post(
      Parts now, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String type = request.getContentType();
    if (type == null || !type.startsWith("application/json")) {
      // Forms of other sites cannot send this type.
      throw new Problem(
          415,
          "Not JSON",
          ManagementException.Reason.WRONG_QUESTION,
          "Content-Type is not application/json");
    }
    if (path.equals("log-in")) {
      Access.checkSite(request);
      String token = Json.read(request, LogIn.class).token();
      now.access().checkToken(token == null ? "" : token, request.getRemoteAddr());
      now.access().logIn(request, response);
      Audit.done("log-in", "token from " + request.getRemoteAddr(), "console", "logged in");
      json(response, Json.answer("loggedIn", true));
      return;
    }
    Visitor visitor = now.access().visitor(request);
    now.access().checkCsrf(request, visitor);
    if (path.equals("log-out")) {
      now.access().logOut(request, response);
      json(response, Json.answer("loggedIn", false));
      return;
    }
    json(response, now.orders().answer(path, request, visitor));
  }

  private static void stream(Parts now, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var kinds = Api.kinds(request);
    boolean wantsChanges = "changes".equals(request.getParameter("overview"));
    String last = request.getHeader("Last-Event-ID");
    String after = last == null ? request.getParameter("after") : last;
    Pulse pulse = now.pulse();
    Pulse.Mark mark = pulse.mark(after);
    if (!request.isAsyncSupported()) {
      throw Problem.of(
          ManagementException.Reason.UNREACHABLE,
          "The servlet, or a filter before it, is registered without asynchronous support");
    }
    response.setContentType("text/event-stream;charset=UTF-8");
    // Proxies that buffer would hold everything back.
    response.setHeader("X-Accel-Buffering", "no");
    // A stream ends with its log-in; the page then comes again and is asked who it is.
    long left = now.access().endMillis(request) - System.currentTimeMillis();
    ServletOutputStream output = response.getOutputStream();
    pulse.takePlace();
    AsyncContext context;
    try {
      context = request.startAsync();
    } catch (RuntimeException refused) {
      pulse.leavePlace();
      throw refused;
    }
    context.setTimeout(Math.max(1, Math.min(left, LONGEST_STREAM_MILLIS)));
    LiveStream[] self = new LiveStream[1];
    LiveStream stream =
        new LiveStream(context, output, kinds, wantsChanges, () -> pulse.remove(self[0]));
    self[0] = stream;
    context.addListener(stream);
    stream.send("retry: 1000\n: larder\n\n".getBytes(StandardCharsets.UTF_8));
    output.setWriteListener(stream);
    pulse.add(stream, mark);
  }
}
