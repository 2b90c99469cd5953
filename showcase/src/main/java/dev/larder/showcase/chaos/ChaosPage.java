package dev.larder.showcase.chaos;

import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Lets Redis fail on demand. Each call names the token in {@code Authorization}, which no page of another
 * site can send, so there is no cookie that one could misuse.
 */
@Controller
final class ChaosPage {

  private static final Logger logger = LoggerFactory.getLogger(ChaosPage.class);
  private static final String BEARER = "Bearer ";
  private static final int LONGEST_SECONDS = 30;
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
      + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
      + " frame-ancestors 'none'";

  private final DemoRedis redis;
  private final RedisOwner owner;
  private final FreshnessProbe probe;
  private final byte[] token;

  ChaosPage(DemoRedis redis, RedisOwner owner, FreshnessProbe probe, String token) {
    this.redis = redis;
    this.owner = owner;
    this.probe = probe;
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * How it is now.
   *
   * @param answers whether Redis answers
   */
  record State(boolean answers, FreshnessProbe.Seen seen) {}

  @GetMapping({"/chaos", "/chaos/"})
  String page(jakarta.servlet.http.HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return "chaos";
  }

  @ResponseBody
  @GetMapping(path = "/chaos/state", produces = "application/json")
  ResponseEntity<?> state(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String sent) {
    return isKnown(sent)
        ? ResponseEntity.ok()
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .body(new State(redis.answers(), probe.look()))
        : refused();
  }

  @ResponseBody
  @PostMapping(path = "/chaos/act/{what}", produces = "application/json")
  ResponseEntity<?> act(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String sent,
      @PathVariable String what,
      @RequestParam(defaultValue = "5") int seconds) {
    if (!isKnown(sent)) {
      return refused();
    }
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      return fault(HttpStatus.BAD_REQUEST, "seconds is 1 to " + LONGEST_SECONDS);
    }
    try {
      switch (what) {
        case "stop" -> owner.ask(RedisOwner.Order.STOP);
        case "start" -> owner.ask(RedisOwner.Order.START);
        case "slow" -> redis.pause(Duration.ofSeconds(seconds));
        case "empty" -> redis.empty();
        case "cut" -> redis.cut();
        default -> {
          return fault(HttpStatus.NOT_FOUND, "there is no such order");
        }
      }
    } catch (RedisException silent) {
      return fault(HttpStatus.SERVICE_UNAVAILABLE, "Redis does not answer");
    }
    logger.info("chaos: {} Redis", what);
    return ResponseEntity.ok(Map.of("done", what));
  }

  private boolean isKnown(@Nullable String sent) {
    return sent != null
        && sent.startsWith(BEARER)
        && MessageDigest.isEqual(
            sent.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
  }

  private static ResponseEntity<?> refused() {
    return fault(HttpStatus.UNAUTHORIZED, "This is not the token of the consoles");
  }

  private static ResponseEntity<?> fault(HttpStatus status, String detail) {
    return ResponseEntity.status(status).body(Map.of("detail", detail));
  }
}
