package dev.larder.showcase.algoitny.web;

import dev.larder.showcase.trace.RequestTrace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Hits and misses of each endpoint in this process: a request is a hit if caches answered all that it
 * asked them, and a miss if one of them had to load. What is answered out of the cache of responses
 * never gets here; it has its line among the caches.
 */
@Component
public final class EndpointTraffic implements HandlerInterceptor, WebMvcConfigurer {
  private final Map<String, Counts> endpoints = new ConcurrentHashMap<>();

  private record Counts(LongAdder hits, LongAdder misses) {}

  /** One endpoint, as its method and pattern. */
  public record Line(String endpoint, long hits, long misses) {
    /** Share of requests that were hits, 0 to 1. */
    public double hitRate() {
      return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(this);
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    RequestTrace.current().filter(trace -> pattern != null).ifPresent(trace -> {
      List<RequestTrace.CacheAnswer> answers = trace.answers();
      if (answers.isEmpty()) {
        return;
      }
      Counts counts = endpoints.computeIfAbsent(
          request.getMethod() + " " + pattern,
          endpoint -> new Counts(new LongAdder(), new LongAdder()));
      boolean loaded = answers.stream().anyMatch(answer -> answer.answer().contains("load"));
      (loaded ? counts.misses() : counts.hits()).increment();
    });
  }

  /** The endpoints that asked caches, those asked most first. */
  public List<Line> lines() {
    return endpoints.entrySet().stream()
        .map(each -> new Line(
            each.getKey(),
            each.getValue().hits().sum(),
            each.getValue().misses().sum()))
        .sorted(Comparator.comparingLong((Line line) -> -line.hits() - line.misses()))
        .toList();
  }
}
