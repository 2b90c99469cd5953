package dev.larder.web.live;

import dev.larder.Larder;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.web.live.LiveRecords.Told;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers within milliseconds that tags of theirs were invalidated, by whichever node or program:
 * {@code GET ?tag=feed:7&tag=album:3} is a stream of server-sent events.
 *
 * <pre>
 * id: redis:1-345            where it stands in the log; the browser sends it when it comes again
 * event: invalidated         or {@code everything}: all entries; or {@code reset}: some may be missing
 * data: feed%3A7             what ended, as it was asked for, one a line, percent-encoded
 * </pre>
 *
 * <p>A stream that comes again, to this or another node, is told what it missed, and some of what it
 * heard already: each event says "ask again", so hearing it twice does no harm. Where a node cannot tell
 * what was missed it says {@code reset}. Answers: 400 for no tags or too many, 403 for a tag that the
 * {@link LiveGuard} refuses, 503 when there are too many streams.
 *
 * <p>Safe for many threads; no I/O but to the browsers. The servlet must support asynchronous requests.
 */
public final class LiveServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String RESET = "event: reset\ndata:\n\n";

  private final transient LiveGuard guard;
  private final transient LiveOptions options;
  private final transient Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private final transient LiveRecords records;
  private final transient ScheduledExecutorService timer;

  /** Listens to the larder from now on. */
  public LiveServlet(Larder larder, LiveGuard guard, LiveOptions options) {
    this.guard = guard;
    this.options = options;
    this.records = new LiveRecords(options.retained());
    this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, "larder-live");
      thread.setDaemon(true);
      return thread;
    });
    long every = options.heartbeat().toMillis();
    var unused = timer.scheduleWithFixedDelay(
        () -> streams.forEach(stream -> stream.tell(": still here\n\n")),
        every,
        every,
        TimeUnit.MILLISECONDS);
    larder.onChange(this::changed);
    larder.onForget(() -> handOver(() -> forget(larder.position().orElse(null))));
    larder.position().ifPresent(records::begin);
  }

  /** Called under the node's lock, so it hands over. */
  private void changed(Change change, @Nullable Position position) {
    Told told = Told.of(change, position);
    if (told != null) {
      handOver(() -> tell(told));
    }
  }

  private void handOver(Runnable task) {
    if (!timer.isShutdown()) {
      try {
        timer.execute(task);
      } catch (RejectedExecutionException ended) {
        // It was destroyed in between: nobody listens any more.
        streams.clear();
      }
    }
  }

  /** A log was lost, and with it what streams would have been told. */
  private synchronized void forget(@Nullable Position since) {
    records.forget(since);
    streams.forEach(stream -> stream.tell(RESET));
  }

  private synchronized void tell(Told told) {
    records.add(told);
    for (LiveStream stream : streams) {
      tell(stream, told);
    }
  }

  private static void tell(LiveStream stream, Told told) {
    Position position = told.position();
    String id = position == null ? "" : "id: " + position + "\n";
    if (told.isEverything()) {
      stream.tell(id + "event: everything\ndata:\n\n");
      return;
    }
    StringBuilder data = new StringBuilder();
    for (String name : stream.names(told.tags())) {
      data.append("data: ").append(encoded(name)).append('\n');
    }
    if (!data.isEmpty()) {
      stream.tell(id + "event: invalidated\n" + data + "\n");
    }
  }

  private static String encoded(String tag) {
    return URLEncoder.encode(tag, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String[] asked = request.getParameterValues("tag");
    int count = asked == null ? 0 : asked.length;
    if (asked == null || count > options.maxTags()) {
      response.sendError(
          HttpServletResponse.SC_BAD_REQUEST,
          "tag: " + count + " given, 1 to " + options.maxTags() + " may be");
      return;
    }
    Map<String, Set<String>> tags = new HashMap<>();
    for (String name : asked) {
      Set<String> meant = guard.tags(request, name);
      if (meant.isEmpty()) {
        response.sendError(HttpServletResponse.SC_FORBIDDEN, "tag: you may not hear of this one");
        return;
      }
      meant.forEach(
          tag -> tags.computeIfAbsent(tag, any -> new LinkedHashSet<>()).add(name));
    }
    if (streams.size() >= options.maxStreams()) {
      response.setHeader("Retry-After", "10");
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "too many live streams");
      return;
    }
    open(request, response, tags);
  }

  private void open(
      HttpServletRequest request, HttpServletResponse response, Map<String, Set<String>> tags)
      throws IOException {
    String lastId = request.getHeader("Last-Event-ID");
    if (lastId == null) {
      lastId = request.getParameter("after");
    }
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    ServletOutputStream out = response.getOutputStream();
    LiveStream stream = new LiveStream(context, out, tags);
    context.addListener(new Leaving(stream));
    out.setWriteListener(stream);
    stream.tell("retry: 1000\n\n");
    begin(stream, lastId == null || lastId.isEmpty() ? null : lastId);
  }

  /** Under the lock, so that nothing comes between what it missed and what it hears. */
  private synchronized void begin(LiveStream stream, @Nullable String lastId) {
    if (lastId != null) {
      List<Told> missed = missed(lastId);
      if (missed == null) {
        stream.tell(RESET);
      } else {
        joined(missed).ifPresent(told -> tell(stream, told));
      }
    }
    if (stream.isOpen()) {
      streams.add(stream);
    }
  }

  /** As one, however many: a browser that was away for long takes no more than a few events at once. */
  private static Optional<Told> joined(List<Told> missed) {
    if (missed.isEmpty()) {
      return Optional.empty();
    }
    Set<String> tags = new LinkedHashSet<>();
    boolean isEverything = false;
    Position last = null;
    for (Told told : missed) {
      tags.addAll(told.tags());
      isEverything |= told.isEverything();
      last = told.position() == null ? last : told.position();
    }
    return Optional.of(new Told(last, tags, isEverything));
  }

  private @Nullable List<Told> missed(String lastId) {
    try {
      return records.after(Position.parse(lastId));
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  private final class Leaving implements AsyncListener {
    private final LiveStream stream;

    Leaving(LiveStream stream) {
      this.stream = stream;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      streams.remove(stream);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      stream.close();
    }

    @Override
    public void onError(AsyncEvent event) {
      stream.close();
      streams.remove(stream);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }

  /** Streams open now. */
  public int streams() {
    return streams.size();
  }

  /** Ends all streams; browsers come again by themselves. Idempotent. */
  @Override
  public void destroy() {
    timer.shutdownNow();
    streams.forEach(LiveStream::close);
  }
}
