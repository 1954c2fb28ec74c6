#include <mpi.h>
#include <stdio.h>

int main(void) {
    int rank, size;

    MPI_Init(NULL, NULL);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    int left = (rank + size - 1) % size; // (1)!
    int right = (rank + 1) % size;
    int sent = 0, token;
    if (rank == 0) {
        MPI_Sendrecv(&sent, 1, MPI_INT, right, 0, // (2)!
                     &token, 1, MPI_INT, left, 0,
                     MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        printf("rank 0 sent 0, got %d back\n", token);
    } else {
        MPI_Recv(&token, 1, MPI_INT, left, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        sent = token + rank;
        MPI_Send(&sent, 1, MPI_INT, right, 0, MPI_COMM_WORLD);
        printf("rank %d got %d, sent %d\n", rank, token, sent);
    }
    MPI_Finalize();
    return 0;
}
