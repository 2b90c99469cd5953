package dev.larder.manage;

/**
 * A value in its stored form.
 *
 * @param tier where it was read
 * @param form {@code json}, {@code text} or {@code base64}
 * @param text the value
 * @param isAbsence whether it is a remembered absence or null, so without text
 */
public record StoredValue(String tier, String form, String text, boolean isAbsence) {}
