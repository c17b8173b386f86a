package tasktracker.platform.job;

/**
 * Fired asynchronously once the server has started, for observers that start something in the background. The start does
 * not wait for them, and their failures are only logged.
 */
public record ApplicationStarted() {}
