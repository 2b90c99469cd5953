package dev.larder.showcase.simlane;

import dev.larder.showcase.simlane.data.DataSet;
import dev.larder.showcase.start.StartFailure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code simlane.*} of the data set.
 *
 * @param scale its size: default 1 (2,000 clubs, 40,000 users, 200,000 participations), 0.001 to 10
 * @param seed decides every invented detail: default 20250702
 * @param racing a JSON file of drivers, circuits and races to import beside what is invented; none by
 *     default
 */
@ConfigurationProperties("simlane")
public record SimLaneSettings(
    @DefaultValue("1") double scale,
    @DefaultValue("20250702") long seed,
    @Nullable Path racing) {

  /**
   * Refuses a scale out of range.
   *
   * @throws StartFailure naming the property
   */
  public SimLaneSettings {
    if (!(scale >= DataSet.LEAST_SCALE && scale <= DataSet.GREATEST_SCALE)) {
      throw new StartFailure(
          "simlane.scale is " + scale + ", must be " + DataSet.LEAST_SCALE + " to "
              + (int) DataSet.GREATEST_SCALE + ".",
          "Correct this property.",
          null);
    }
  }
}
