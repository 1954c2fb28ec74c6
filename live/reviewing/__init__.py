"""What somebody who reviews a change wants to know of it, besides what the pages show."""
