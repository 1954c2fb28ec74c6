"""Makes lanes and events of what the recorder wrote inside the processes of a run.

The other side of `live.recorder`, in the builder: it only reads, and knows no running program.
"""
