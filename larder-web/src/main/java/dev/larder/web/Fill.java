package dev.larder.web;

import dev.larder.Loading;
import dev.larder.StaleTimes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a handler for one key, as the loader of the cache.
 *
 * <p>Where a valid response is to be replaced that the handler gave a validator, the handler is asked
 * whether that still holds. If it says so the old body stays under the new head, as of this run.
 *
 * <p>The loader gives null for a response that is not stored. Null is not stored either, and those who
 * wait for the same key get it: they must not be answered with what may depend on another's request,
 * and call the handler themselves. One thread.
 */
final class Fill {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.web");

  /** The handler failed; whoever wants one gets a stale response in its place. */
  private static final class ServerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerFailure(int status) {
      super("the handler answered " + status, null, false, false);
    }
  }

  private final Thread thread = Thread.currentThread();
  private final WebCacheOptions options;
  private final Keyed keyed;
  private final HttpServletRequest request;
  private final FilterChain chain;
  private final HttpServletResponse response;
  private final boolean isDetached;
  private CapturedResponse captured;
  private final InputRecord inputs = new InputRecord();
  private boolean isRun;
  private boolean isStale;
  private boolean isConfirmed;
  private boolean isFailed;
  private @Nullable Throwable failure;
  private @Nullable String refusal;
  private @Nullable StoredResponse form;

  /**
   * Prepares.
   *
   * @param isDetached whether the client has been answered already
   */
  Fill(
      WebCacheOptions options,
      Keyed keyed,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      boolean isDetached) {
    this.options = options;
    this.keyed = keyed;
    this.request = request;
    this.chain = chain;
    this.response = response;
    this.isDetached = isDetached;
    this.captured = capture();
  }

  private CapturedResponse capture() {
    return new CapturedResponse(
        response,
        options.maxBodyBytes(),
        isDetached,
        reason -> new Reply(options)
            .status(response, CacheStatus.notStored(options.name(), reason(), reason)));
  }

  /** Calls the handler. */
  @Nullable StoredResponse load() throws IOException, ServletException {
    if (!Thread.currentThread().equals(thread)) {
      // A refresh that the cache began by itself: the request may be over.
      throw new IllegalStateException("a handler runs on its request's thread only");
    }
    isRun = true;
    Loading loading = Loading.current();
    StoredResponse previous = loading == null ? null : loading.previous(StoredResponse.class);
    isStale = previous != null;
    Map<String, String> conditions = conditions(previous);
    call(conditions);
    if (loading != null
        && previous != null
        && !conditions.isEmpty()
        && captured.getStatus() == HttpServletResponse.SC_NOT_MODIFIED
        && captured.passedOn() == null) {
      if (previous.isConfirmedBy(captured.head())) {
        isConfirmed = true;
        captured.confirm(previous);
        // A handler that answers early may not come to where it names its tags.
        loading.keepTags();
      } else {
        captured = capture();
        call(Map.of());
      }
    }
    ResponseRule rule = keyed.route().rule();
    decide(rule, options.time().millis());
    if (refusal != null && captured.getStatus() >= 500 && captured.passedOn() == null) {
      isFailed = true;
      throw new ServerFailure(captured.getStatus());
    }
    return form;
  }

  /** What the handler is asked; nothing of what it can't know, such as a tag that this cache made. */
  private static Map<String, String> conditions(@Nullable StoredResponse previous) {
    Map<String, String> conditions = new HashMap<>();
    if (previous != null && previous.status() / 100 == 2) {
      String etag = previous.header("ETag");
      String modified = previous.header("Last-Modified");
      if (etag != null) {
        conditions.put("if-none-match", etag);
      }
      if (modified != null) {
        conditions.put("if-modified-since", modified);
      }
    }
    return conditions;
  }

  private void call(Map<String, String> conditions) throws IOException, ServletException {
    ResponseRule rule = keyed.route().rule();
    FillRequest guarded = new FillRequest(
        request, rule, keyed.headers(), inputs, captured, options.guards(), conditions);
    guarded.setAttribute(InputRecord.ATTRIBUTE, inputs);
    List<Runnable> watches = new ArrayList<>();
    try {
      for (FillGuard guard : options.guards()) {
        watches.add(0, guard.watch(guarded, rule, inputs));
      }
      chain.doFilter(guarded, captured);
      captured.end();
    } catch (IOException | ServletException | RuntimeException | Error thrown) {
      isFailed = true;
      failure = thrown;
      throw thrown;
    } finally {
      watches.forEach(Runnable::run);
      request.removeAttribute(InputRecord.ATTRIBUTE);
    }
  }

  private void decide(ResponseRule rule, long now) {
    Storing storing = new Storing(
        rule,
        Set.copyOf(keyed.headers().keySet()),
        request.getHeader("Authorization") != null,
        options.targetedControl());
    refusal = storing.refusal(captured, inputs.unkeyed(), now);
    if (refusal != null) {
      return;
    }
    Collection<String> tags;
    try {
      tags = rule.tags(keyed.facts());
    } catch (RuntimeException failed) {
      logger.error(
          "{}: the tags failed; the response is not stored", keyed.route().route(), failed);
      refusal = "the tags failed";
      return;
    }
    form = storing.form(captured, tags, now);
  }

  /**
   * Sends a response that is not stored. The handler was not shown the request's conditions, so they
   * are judged here by what it says of its response.
   */
  void sendAsItIs() throws IOException {
    CapturedHead head = captured.head();
    if (captured.errorStatus() == 0 && head.status() == HttpServletResponse.SC_OK) {
      List<String> etag = head.values("ETag");
      boolean isByTag = request.getHeader("If-None-Match") != null;
      StoredResponse said = new StoredResponse(
          head.status(),
          head.lines(),
          new byte[0],
          etag.isEmpty() ? "" : etag.get(0),
          0,
          0,
          0,
          StaleTimes.NONE,
          List.of());
      if ((!isByTag || !etag.isEmpty())
          && Selection.of(request, said).kind() == Selection.Kind.NOT_MODIFIED) {
        captured.notModified();
      }
    }
    captured.send();
  }

  /** Whether this run of the loader was the one. */
  boolean isRun() {
    return isRun;
  }

  /** Whether the handler threw or answered 5xx. */
  boolean isFailed() {
    return isFailed;
  }

  /** What the handler threw; null if nothing. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Whether the handler said that the old body still holds. */
  boolean isConfirmed() {
    return isConfirmed;
  }

  /** Why it ran, in the words of RFC 9211. */
  String reason() {
    return isStale ? "stale" : "miss";
  }

  /** What the handler answered. */
  int status() {
    return isConfirmed ? HttpServletResponse.SC_NOT_MODIFIED : captured.getStatus();
  }

  /** Why its response is not stored; null if it is. */
  @Nullable String refusal() {
    return refusal;
  }

  /** What it brought; null if it is not stored. */
  @Nullable StoredResponse form() {
    return form;
  }

  /** Whether the next request would meet the same refusal. */
  boolean isRefusalLasting() {
    return refusal != null && !isFailed && !refusal.startsWith("status ");
  }

  /** What was read that is not in the key. */
  List<String> unkeyed() {
    return inputs.unkeyed();
  }

  CapturedResponse captured() {
    return captured;
  }
}
