/** The product as an operator deploys it: containers of a clean checkout, asked through the proxy. Needs a Docker engine. */
package tasktracker.deploy;
